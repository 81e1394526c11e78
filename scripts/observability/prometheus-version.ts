/** `2.42` as numbers. */
export interface PrometheusVersion {
  text: string
  major: number
  minor: number
}

/** The first that has both native histograms and `keep_firing_for`, which the rules use. */
export const OLDEST = { major: 2, minor: 42 }

/** Reads what `prometheus --version` prints; undefined when it is something else. */
export function parsePrometheusVersion(printed: string): PrometheusVersion | undefined {
  const [, text = '', major, minor] = /^prometheus, version ((\d+)\.(\d+)\S*)/m.exec(printed) ?? []
  return text === '' ? undefined : { text, major: Number(major), minor: Number(minor) }
}

export function isAtLeast(
  { major, minor }: PrometheusVersion,
  than: { major: number; minor: number },
): boolean {
  return major > than.major || (major === than.major && minor >= than.minor)
}

/** What lets this version take k6's native histograms; since 3.9 they need nothing. */
export function nativeHistogramFlags(version: PrometheusVersion): string[] {
  return isAtLeast(version, { major: 3, minor: 9 }) ? [] : ['--enable-feature=native-histograms']
}
