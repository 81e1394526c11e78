/** The techniques, the more specific first: the order decides between equal scores. */
export const TECHNIQUES = [
  'few-shot',
  'structured-output',
  'role-play',
  'self-consistency',
  'tree-of-thoughts',
  'analogy',
  'constraint',
  'step-by-step',
  'chain-of-thought',
  'zero-shot',
] as const

export type Technique = (typeof TECHNIQUES)[number]

/** Cues in lower-case text; a strong one states the need for the technique, a weak one hints. */
export interface TechniqueRule {
  strong: RegExp
  weak: RegExp
}

/**
 * What makes a prompt fit a technique. The expressions have no nested repetition, so they stay
 * linear in the length of the prompt.
 */
export const TECHNIQUE_RULES: Record<Technique, TechniqueRule> = {
  'few-shot': {
    strong:
      /few-shot|(?:these|the following|some|two|three|four|five|\d) (?:labelled )?(?:examples|samples)|follow(?:ing)? the (?:same )?pattern|input: [^\n]{1,200}\boutput:/,
    weak: /examples?:|\be\.g\.|for instance|in the style of the/,
  },
  'structured-output': {
    strong:
      /\b(?:as|in|into|to|valid) (?:an? )?(?:json|csv|xml|yaml|html|markdown table|table)\b|json schema|with the (?:fields|columns|keys)|structured output/,
    weak: /\bjson\b|\bcsv\b|\bcolumns?\b|\bfields?\b|extract (?:the|all)|bullet(?:ed)? list/,
  },
  'role-play': {
    strong:
      /\bact as (?:an? |my |the )|pretend (?:to be|you are|that you are)|(?:^|[.!?:] )you are an? |take (?:on )?the role of|role-?play|imagine you are/,
    weak: /from the perspective of|in the voice of|as an? (?:expert|experienced|seasoned|senior)/,
  },
  'self-consistency': {
    strong:
      /double-check|self-consisten|several independent|more than one way|(?:most|majority) (?:of them |answers? )?agree|cross-check|majority vote|answer (?:it )?(?:three|five|several) times/,
    weak: /\bverify\b|are you sure|\bconfident\b|most likely answer|\bconsistent\b/,
  },
  'tree-of-thoughts': {
    strong:
      /tree of thoughts?|explore (?:several|different|multiple|three|all) |(?:several|different|multiple|alternative) (?:approaches|strategies|solutions|paths|branches)|weigh (?:the )?(?:options|alternatives)|compare (?:the )?(?:options|alternatives)/,
    weak: /trade-offs?|pros and cons|brainstorm|\balternatives\b|\bstrategy\b/,
  },
  analogy: {
    strong:
      /\banalog(?:y|ies|ous)\b|metaphor|compare it (?:to|with) (?:something|everyday)|like i(?:'m| am) (?:five|a child|new)|in terms of (?:something )?(?:everyday|familiar)/,
    weak: /everyday life|\bfamiliar\b|similar to|as if it were/,
  },
  constraint: {
    strong:
      /(?:at most|no more than|fewer than|less than|under|within|exactly|limited to|maximum of) (?:\d+|one|two|three|four|five|ten) |without (?:using|mentioning)|do not (?:use|mention|exceed)|must (?:not|only)|only use /,
    weak: /\bavoid\b|\blimit\b|\bconcise\b|\bshort\b|\bonly\b/,
  },
  'step-by-step': {
    strong:
      /step[- ]by[- ]step|(?:^|[.!?:] )how (?:do|can|should) (?:i|we|you)|(?:^|[.!?:] )how to |walk me through|instructions (?:for|to|on)|guide (?:me|to|for|on)\b|list the steps/,
    weak: /\binstall\b|\bset up\b|\bconfigure\b|\bprocedure\b|\brecipe\b|\btutorial\b/,
  },
  'chain-of-thought': {
    strong:
      /chain[- ]of[- ]thought|how (?:many|much|long|far|old)|\bcalculate\b|\bsolve\b|\bprove\b|work out|(?:explain|show) (?:your|the) reasoning|\bdeduce\b/,
    weak: /\bwhy\b|\bif\b[^.?!\n]{1,200}\bthen\b|\btotal\b|\bprobability\b|\bequation\b|\d ?[-+*/] ?\d/,
  },
  'zero-shot': {
    strong: /zero-shot/,
    weak: /\btranslate\b|\bsummari[sz]e\b|\bclassify\b|\bdefine\b|\bwhat is\b|\bwho (?:is|was)\b|\brewrite\b/,
  },
}
