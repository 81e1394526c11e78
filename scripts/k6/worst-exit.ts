/** k6 ran to its end: nothing of it, or a threshold, which the verdict says better. */
const WHOLE = [0, 99]

/**
 * The exit code that says most of several k6: the first that tells of a broken run, else 99 before 0.
 * Where nothing is known of any, 0.
 */
export function worstExit(instances: readonly { exitCode?: number }[]): number {
  const codes = instances.flatMap(({ exitCode }) => exitCode ?? [])
  return codes.find((code) => !WHOLE.includes(code)) ?? Math.max(0, ...codes)
}
