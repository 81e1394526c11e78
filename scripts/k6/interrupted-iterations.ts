/**
 * How many iterations k6 has interrupted so far, if the line is its own progress line: `running (5.0s), 0/8 VUs,
 * 55 complete and 6 interrupted iterations`. k6 prints one each second, and the last one after its summary, when all
 * iterations are over (k6 v2.2.0, internal/execution/scheduler.go, getRunStats; nothing with `--quiet`). It
 * is the only place where they can be seen from outside: the samples of an interrupted iteration are thrown
 * away, and neither the summary nor the REST API counts them.
 */
export function interruptedIterations(line: string): number | undefined {
  const [, count] = PROGRESS.exec(line) ?? []
  return count === undefined ? undefined : Number(count)
}

const PROGRESS =
  /^(?:running|paused)\b.*, \d+\/\d+ VUs, \d+ complete and (\d+) interrupted iterations$/
