// Finds the style errors of a Markdown document, line by line, and corrects them.

/** A rule that a line breaks. */
export interface Finding {
  rule: string
  /** From 1. */
  line: number
}

interface LineRule {
  rule: string
  breaks: RegExp
  /** What replaces the broken part. */
  mended: string
}

const RULES: readonly LineRule[] = [
  // Looks behind, so that a long run of spaces is tried from its start only.
  { rule: 'no-trailing-space', breaks: /(?<![ \t])[ \t]+$/, mended: '' },
  { rule: 'no-tab', breaks: /\t/g, mended: '  ' },
  { rule: 'heading-needs-space', breaks: /^(#{1,6})(?=[^#\s])/, mended: '$1 ' },
  { rule: 'no-repeated-word', breaks: /\b(\w{2,})( \1\b)+/gi, mended: '$1' },
  { rule: 'no-bare-bullet', breaks: /^\* /, mended: '- ' },
]

/** All findings, in the order of the lines. */
export function findingsOf(content: string): Finding[] {
  return content.split('\n').flatMap((text, index) =>
    // `search` ignores lastIndex, which `test` of a global expression would move.
    RULES.filter(({ breaks }) => text.search(breaks) !== -1).map(({ rule }) => {
      return { rule, line: index + 1 }
    }),
  )
}

/** The document with all findings corrected. */
export function mendedContent(content: string): string {
  const mend = (text: string) =>
    RULES.reduce((line, { breaks, mended }) => line.replace(breaks, mended), text)
  return content.split('\n').map(mend).join('\n')
}
