/** How to report on work that may be long. */
export interface ElapsedProgress {
  progress: (line: string) => void
  /** The line to show once this many whole seconds have passed. */
  line: (elapsedSeconds: number) => string
}

/** Does the work and reports once a second; work of under two seconds is not worth a line. */
export async function withElapsedProgress<T>(
  { progress, line }: ElapsedProgress,
  work: () => Promise<T>,
): Promise<T> {
  const startMs = performance.now()
  const timer = setInterval(() => {
    const elapsedSeconds = Math.round((performance.now() - startMs) / 1_000)
    if (elapsedSeconds >= 2) progress(line(elapsedSeconds))
  }, 1_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
