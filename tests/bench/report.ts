import { cpuTime, foreignCores } from './foreign-cpu.ts'

/** One line of docs/benchmarks.md. */
export interface Row {
  budget: string
  measured: string
  holds: boolean
}

/** Median of some numbers; 0 of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** Runs each of some measurements in turn, `rounds` times, so that a busy minute hits them alike. */
export async function interleaved<Name extends string, Result>(
  rounds: number,
  measurements: Record<Name, () => Promise<Result>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(measurements) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Result[]
  >
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(await measurements[name]())
  }
  return results
}

/**
 * Runs some measurements at the same time, `rounds` times: they share whatever the machine gives, so that what
 * they cost compares to a hundredth where runs one after the other differ by a tenth.
 */
export async function sideBySide<Name extends string, Result>(
  rounds: number,
  measurements: Record<Name, () => Promise<Result>>,
): Promise<Record<Name, Result[]>> {
  const entries = Object.entries(measurements) as [Name, () => Promise<Result>][]
  const all: [Name, Result[]][] = entries.map(([name]) => [name, []])
  for (let round = 0; round < rounds; round++) {
    const found = await Promise.all(entries.map(([, measurement]) => measurement()))
    found.forEach((result, i) => all[i]?.[1].push(result))
  }
  return Object.fromEntries(all) as Record<Name, Result[]>
}

/** Measures, prints and gives the lines, with the CPU time that others took meanwhile. */
export async function measure(title: string, rows: () => Promise<Row[]>): Promise<Row[]> {
  process.stderr.write(`measuring ${title} …\n`)
  const before = cpuTime()
  const startedAtMs = performance.now()
  const measured = await rows()
  const seconds = (performance.now() - startedAtMs) / 1_000
  const foreign = foreignCores(before, cpuTime(), seconds).toFixed(2)
  return measured.map((row) => ({ ...row, measured: `${row.measured} (foreign cores ${foreign})` }))
}

/** The table of docs/benchmarks.md. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({ budget, measured, holds }) => {
    return `| ${budget} | ${measured} | ${holds ? 'yes' : '**no**'} |`
  })
  return ['| budget | measured | holds |', '| --- | --- | --- |', ...lines].join('\n')
}
