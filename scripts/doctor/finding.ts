/** What one check of this machine came to. */
export interface Finding {
  name: string
  found: string
  /** `false`: a run needs it. `'optional'`: something works less well, or not at all, without it. */
  ok: boolean | 'optional'
  /** What to do about it, with the command where there is one. */
  advice?: string
}

/** Fine when there is no gap, otherwise a finding that carries its advice. */
export function finding(
  name: string,
  found: string,
  gap?: Omit<Finding, 'name' | 'found'>,
): Finding {
  return { name, found, ok: true, ...gap }
}

/** A gap that does not keep a run from working. */
export function optional(advice: string): Omit<Finding, 'name' | 'found'> {
  return { ok: 'optional', advice }
}

/** A gap that does. */
export function required(advice: string): Omit<Finding, 'name' | 'found'> {
  return { ok: false, advice }
}

export const BYTES_PER_GIB = 1_073_741_824

/** `1.5 GiB`. */
export function gibibytes(bytes: number): string {
  return `${(bytes / BYTES_PER_GIB).toFixed(1)} GiB`
}
