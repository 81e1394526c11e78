// The metrics that a validator feeds from accepted responses.
import { Rate, Trend } from 'k6/metrics'
import type { AnswerRules } from './answer-rules.ts'
import { setLabel } from './stream-labels.ts'
import { isStreamed } from './bundled-run.ts'

/** Feeds one metric from a body; false when the body has no such value. */
interface Recorder<Body, Input> {
  name: string
  record: (body: Body, input: Input) => boolean
}

/**
 * Creates the metrics of some rules, in init code, and gives what feeds them: it returns `metric-<name>` of
 * the first that could not be read, as the body is of another shape than expected then.
 */
export const recorders = <Body, Input>({
  shares = {},
  values = {},
  labels = {},
}: AnswerRules<Body, Input>): ((body: Body, input: Input) => string | undefined) => {
  const all: Recorder<Body, Input>[] = [
    ...Object.entries(shares).map(([name, read]) => rateOf(name, read, labels)),
    ...Object.entries(values).map(([name, read]) => trendOf(name, read)),
  ]
  return (body, input) => {
    let at = 0
    try {
      while (at < all.length && all[at]?.record(body, input)) at++
    } catch {
      // The body is of another shape than this metric expects.
    }
    return at === all.length ? undefined : `metric-${all[at]?.name ?? ''}`
  }
}

const trendOf = <Body, Input>(
  name: string,
  read: (body: Body, input: Input) => number,
): Recorder<Body, Input> => {
  const trend = new Trend(name, name.endsWith('_ms'))
  const record = (body: Body, input: Input): boolean => {
    const value = read(body, input)
    if (!Number.isFinite(value)) return false
    trend.add(value)
    return true
  }
  return { name, record }
}

const rateOf = <Body, Input>(
  name: string,
  read: (body: Body, input: Input) => boolean | readonly boolean[],
  labels: NonNullable<AnswerRules<Body, Input>['labels']>,
): Recorder<Body, Input> => {
  const rate = new Rate(name)
  // k6 records labels with every sample, so only runs whose samples leave the machine have them.
  const labelled = isStreamed ? labelledRate(rate, labels) : undefined
  const record = (body: Body, input: Input): boolean => {
    const found = read(body, input)
    if (typeof found === 'boolean' && !labelled) {
      rate.add(found)
      return true
    }
    const all: unknown[] = Array.isArray(found) ? found : [found]
    if (!all.every((value) => typeof value === 'boolean')) return false
    all.forEach((value, place) => (labelled ? labelled(value, input, place) : rate.add(value)))
    return true
  }
  return { name, record }
}

const labelledRate = <Body, Input>(
  rate: Rate,
  labels: NonNullable<AnswerRules<Body, Input>['labels']>,
) => {
  const names = Object.keys(labels)
  return (value: boolean, input: Input, place: number): void => {
    for (const name of names) setLabel(name, labelAt(labels[name]?.(input), place))
    rate.add(value)
    for (const name of names) setLabel(name, undefined)
  }
}

const labelAt = (label: string | readonly string[] | undefined, place: number) => {
  return typeof label === 'string' ? label : label?.[place]
}
