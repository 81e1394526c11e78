import type { Technique } from './technique-rules.ts'

/** What each technique puts before and after the caller's prompt. */
const FRAMES: Record<Technique, [before: string, after: string]> = {
  'few-shot': [
    'Learn the pattern from the examples, then continue it.\n\n',
    '\n\nAnswer in the form of the examples, without comment.',
  ],
  'structured-output': [
    '',
    '\n\nAnswer with the requested structure only, valid and complete; use null for what is unknown.',
  ],
  'role-play': [
    'Stay in the role described below, with its knowledge, its tone and its limits.\n\n',
    '\n\nAsk back where the role would.',
  ],
  'self-consistency': [
    '',
    '\n\nAnswer three times independently, compare the answers, and give the one most of them reach.',
  ],
  'tree-of-thoughts': [
    '',
    '\n\nPropose three approaches, judge how each may end, drop the weakest, and develop the best.',
  ],
  analogy: ['', '\n\nExplain it by one everyday analogy, and say where the analogy ends.'],
  constraint: [
    'Follow every limit in this task strictly.\n\n',
    '\n\nBefore answering, check each limit once more.',
  ],
  'step-by-step': ['', '\n\nAnswer as numbered steps, one action each, with the expected result.'],
  'chain-of-thought': ['', "\n\nLet's think step by step, and state the final answer last."],
  'zero-shot': ['', '\n\nAnswer directly and precisely.'],
}

/** The prompt as it would go to the language model. */
export function enhancedPromptOf(prompt: string, technique: Technique): string {
  const [before, after] = FRAMES[technique]
  return before + prompt + after
}
