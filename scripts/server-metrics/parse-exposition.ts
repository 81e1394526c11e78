import type { ServerSeries } from '../indicators/from-server/server-recording.ts'
import { readLabels } from './read-labels.ts'

/** What a target says of itself. */
export interface Exposition {
  /** Of all metrics, each once. */
  names: string[]
  /** Names that it calls gauges. */
  gauges: string[]
  /** The wanted ones. */
  series: ServerSeries[]
}

/** A number of a line is in its message, and nothing that stands in it: it may be anything. */
export class ExpositionError extends Error {}

/** A label may be long, but no line of metrics has so many characters. */
const LINE_MAX = 65_536

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'

// `name{labels} value timestamp # exemplar`, the last two left out by most.
const SAMPLE = new RegExp(
  `^(${NAME})(?:[ \\t]*\\{((?:[^"}]|"(?:[^"\\\\]|\\\\.)*")*)\\})?[ \\t]+(\\S+)(?:[ \\t]+(-?[\\d.eE+-]+))?[ \\t]*(?:# .*)?$`,
)

const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|inf(?:inity)?)$/i

const TYPE = new RegExp(`^#[ \\t]+TYPE[ \\t]+(${NAME})[ \\t]+(\\w+)`)

/**
 * Reads the text format of Prometheus (0.0.4), and OpenMetrics 1.0, as far as values need it.
 *
 * @param isWanted names whose values are read; of all others the lines are looked at only
 * @throws ExpositionError for anything else, such as a web page
 */
export function parseExposition(text: string, isWanted: (name: string) => boolean): Exposition {
  const names = new Set<string>()
  const gauges = new Set<string>()
  const series: ServerSeries[] = []
  let number = 0
  for (const raw of text.split('\n')) {
    number += 1
    const line = raw.trim()
    if (line === '# EOF') break
    if (line.startsWith('#')) {
      const [, name, type] = TYPE.exec(line) ?? []
      if (name !== undefined && type === 'gauge') gauges.add(name)
    } else if (line !== '') {
      const sample = readSample(line, isWanted)
      if (sample === undefined) throw new ExpositionError(`line ${number} is no metric`)
      names.add(sample[0])
      if (isWanted(sample[0])) series.push(sample)
    }
  }
  return { names: [...names], gauges: [...gauges], series }
}

function readSample(line: string, isWanted: (name: string) => boolean): ServerSeries | undefined {
  if (line.length > LINE_MAX) return undefined
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? []
  if (name === undefined || !NUMBER.test(value)) return undefined
  if (!isWanted(name)) return [name, {}, 0]
  const read = readLabels(labels)
  return read && [name, read, numberOf(value)]
}

function numberOf(text: string): number {
  const word = text.toLowerCase().replace(/^\+/, '')
  if (word.endsWith('nan')) return NaN
  if (word.includes('inf')) return word.startsWith('-') ? -Infinity : Infinity
  return Number(word)
}
