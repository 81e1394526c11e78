import type { Place } from '../data-file/data-file.ts'

/** Something that a sound plan could do better: a warning, or a suggestion of some kind. */
export interface Advice {
  kind: 'warning' | 'performance' | 'reliability' | 'resources'
  at: Place
  text: string
  /** What to do, or why. */
  hint: string
}

/** The advice where it applies. */
export function adviseIf(applies: boolean, advice: Advice): Advice[] {
  return applies ? [advice] : []
}
