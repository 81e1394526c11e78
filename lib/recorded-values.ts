// The metrics that a validator feeds from accepted responses.
import { Rate, Trend } from 'k6/metrics'
import type { AnswerRules } from './answer-rules.ts'
import { setLabel } from './stream-labels.ts'
import { isStreamed } from './streamed.ts'

/** Feeds one metric from a body; false when the body has no such value. */
type Recorder<Body, Input> = (body: Body, input: Input) => boolean

/**
 * Creates the metrics of some rules, in init code, and gives what feeds them: it returns `metric-<name>` of
 * the first that could not be read, as the body is of another shape than expected then.
 */
export const recorders = <Body, Input>({
  shares = {},
  values = {},
  labels = {},
}: AnswerRules<Body, Input>): ((body: Body, input: Input) => string | undefined) => {
  const record: Record<string, Recorder<Body, Input>> = {}
  for (const [name, read] of Object.entries(shares)) record[name] = rateOf(name, read, labels)
  for (const [name, read] of Object.entries(values)) record[name] = trendOf(name, read)
  const names = Object.keys(record)

  return (body, input) => {
    const unread = names.find((name) => !isRecorded(() => record[name]?.(body, input)))
    return unread === undefined ? undefined : `metric-${unread}`
  }
}

const isRecorded = (record: () => boolean | undefined): boolean => {
  try {
    return record() === true
  } catch {
    return false
  }
}

const trendOf = <Body, Input>(
  name: string,
  read: (body: Body, input: Input) => number,
): Recorder<Body, Input> => {
  const trend = new Trend(name)
  return (body, input) => {
    const value = read(body, input)
    if (Number.isFinite(value)) trend.add(value)
    return Number.isFinite(value)
  }
}

const rateOf = <Body, Input>(
  name: string,
  read: (body: Body, input: Input) => boolean | readonly boolean[],
  labels: NonNullable<AnswerRules<Body, Input>['labels']>,
): Recorder<Body, Input> => {
  const rate = new Rate(name)
  // k6 records labels with every sample, so only runs whose samples leave the machine have them.
  const labelNames = isStreamed ? Object.keys(labels) : []
  return (body, input) => {
    const found = read(body, input)
    const list = Array.isArray(found) ? (found as boolean[]) : [found as boolean]
    if (!list.every((value) => typeof value === 'boolean')) return false
    list.forEach((value, place) => {
      for (const label of labelNames) setLabel(label, labelAt(labels[label]?.(input), place))
      rate.add(value)
      for (const label of labelNames) setLabel(label, undefined)
    })
    return true
  }
}

const labelAt = (label: string | readonly string[] | undefined, place: number) => {
  return typeof label === 'string' ? label : label?.[place]
}
