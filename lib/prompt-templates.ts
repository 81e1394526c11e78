// Pure data. What people ask for, by the prompting technique that serves the request best.

export interface PromptFamily {
  technique: string
  templates: readonly string[]
}

export const TOPICS: readonly string[] = [
  'refunds in an online shop',
  'a night train timetable',
  'customer complaints about delivery',
  'the water cycle',
  'renting a flat abroad',
  'solar panels on a farm roof',
  'onboarding new nurses',
  'a small bakery opening its second shop',
  'password rules at a bank',
  'the history of lighthouses',
  'meeting notes of a product team',
  'a school trip to the mountains',
  'insurance claims after a storm',
  'the menu of a vegan restaurant',
  'bug reports of a chat program',
  'training for a half marathon',
]

export const PROMPT_FAMILIES: readonly PromptFamily[] = [
  {
    technique: 'chain-of-thought',
    templates: [
      'Explain your reasoning: which figure matters most for {topic}?',
      'Work out what changes in the budget for {topic} and show the reasoning.',
      'How much time does one person spend on {topic} in a year? Calculate it.',
      'Solve this puzzle about {topic} and deduce who was first.',
    ],
  },
  {
    technique: 'few-shot',
    templates: [
      'Here are three examples about {topic}. Continue with the next one.',
      'Follow the same pattern as these examples for {topic}.',
      'Label this text about {topic}. Input: good service output: positive. Input: late again',
    ],
  },
  {
    technique: 'zero-shot',
    templates: [
      'Translate a paragraph about {topic} into Portuguese.',
      'Summarise the main points of {topic}.',
      'Classify this message about {topic} as praise or complaint.',
      'Define the terms that a beginner meets in {topic}.',
    ],
  },
  {
    technique: 'role-play',
    templates: [
      'Act as a patient teacher and talk with me about {topic}.',
      'You are a journalist who asks hard questions about {topic}. Begin.',
      'Pretend to be a customer who has heard of {topic} and is angry.',
    ],
  },
  {
    technique: 'step-by-step',
    templates: [
      'Walk me through {topic} from beginning to end.',
      'Write step-by-step instructions for a newcomer to {topic}.',
      'How do I prepare everything for {topic}?',
      'List the steps that lead to {topic}.',
    ],
  },
  {
    technique: 'tree-of-thoughts',
    templates: [
      'Explore several approaches to {topic} and drop the weakest.',
      'Weigh the options for {topic} before you recommend one.',
      'Compare the alternatives for {topic} and follow the best branch.',
    ],
  },
  {
    technique: 'self-consistency',
    templates: [
      'Answer this question on {topic} three times and keep the majority vote.',
      'Double-check your conclusion on {topic} and cross-check it with another method.',
      'Find the result for {topic} in more than one way and tell me whether they agree.',
    ],
  },
  {
    technique: 'structured-output',
    templates: [
      'Return the key facts of {topic} as JSON with the fields name, date and amount.',
      'Turn the notes about {topic} into a markdown table.',
      'Extract the names from {topic} and give them to me as CSV.',
    ],
  },
  {
    technique: 'analogy',
    templates: [
      'Find an analogy that makes {topic} clear to a child.',
      'Describe {topic} in terms of something everyday, like a kitchen.',
      'Use a metaphor to make {topic} easy to remember.',
    ],
  },
  {
    technique: 'constraint',
    templates: [
      'Describe {topic} in exactly 50 words.',
      'Write about {topic} without using the letter q.',
      'Give a report on {topic} in no more than two sentences. Do not mention prices.',
      'Keep it short and avoid jargon: tell me about {topic}.',
    ],
  },
]
