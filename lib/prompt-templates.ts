// Pure data. What people ask for, by the prompting technique that serves the request best.

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

/** Templates by technique, with `{}` for a topic; arrays alone, as each object would be one more in each user. */
export const PROMPT_TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'chain-of-thought': [
    'Explain your reasoning: which figure matters most for {}?',
    'Work out what changes in the budget for {} and show the reasoning.',
    'How much time does one person spend on {} in a year? Calculate it.',
    'Solve this puzzle about {} and deduce who was first.',
  ],
  'few-shot': [
    'Here are three examples about {}. Continue with the next one.',
    'Follow the same pattern as these examples for {}.',
    'Label this text about {}. Input: good service output: positive. Input: late again',
  ],
  'zero-shot': [
    'Translate a paragraph about {} into Portuguese.',
    'Summarise the main points of {}.',
    'Classify this message about {} as praise or complaint.',
    'Define the terms that a beginner meets in {}.',
  ],
  'role-play': [
    'Act as a patient teacher and talk with me about {}.',
    'You are a journalist who asks hard questions about {}. Begin.',
    'Pretend to be a customer who has heard of {} and is angry.',
  ],
  'step-by-step': [
    'Walk me through {} from beginning to end.',
    'Write step-by-step instructions for a newcomer to {}.',
    'How do I prepare everything for {}?',
    'List the steps that lead to {}.',
  ],
  'tree-of-thoughts': [
    'Explore several approaches to {} and drop the weakest.',
    'Weigh the options for {} before you recommend one.',
    'Compare the alternatives for {} and follow the best branch.',
  ],
  'self-consistency': [
    'Answer this question on {} three times and keep the majority vote.',
    'Double-check your conclusion on {} and cross-check it with another method.',
    'Find the result for {} in more than one way and tell me whether they agree.',
  ],
  'structured-output': [
    'Return the key facts of {} as JSON with the fields name, date and amount.',
    'Turn the notes about {} into a markdown table.',
    'Extract the names from {} and give them to me as CSV.',
  ],
  analogy: [
    'Find an analogy that makes {} clear to a child.',
    'Describe {} in terms of something everyday, like a kitchen.',
    'Use a metaphor to make {} easy to remember.',
  ],
  constraint: [
    'Describe {} in exactly 50 words.',
    'Write about {} without using the letter q.',
    'Give a report on {} in no more than two sentences. Do not mention prices.',
    'Keep it short and avoid jargon: tell me about {}.',
  ],
}
