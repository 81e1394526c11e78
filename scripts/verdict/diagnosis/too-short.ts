import { judgedPhases } from '../../indicators/judged-span.ts'
import { samplesNeeded } from '../../indicators/indicators.ts'
import { secondsOf, spansOf } from '../../indicators/timeline.ts'
import { counted, type Diagnosis, number } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'
import { plannedIterations } from '../../plan/scenario-load.ts'

/**
 * Intervals take whole seconds for the units that vary: from 20 of them a standard error is right within
 * a sixth (1 / sqrt(2 * 19)), from fewer it is a guess.
 */
const JUDGED_SECONDS_MIN = 20

/** The run cannot tell what it was asked: too few samples, or too few seconds for honest intervals. */
export function tooShort(facts: DiagnosisFacts): Diagnosis[] {
  const { plan, timeline } = facts
  // A pass of a few requests is to be short.
  const iterations = plannedIterations(plan)
  const isOnePass = plan.model === 'once' && iterations === undefined
  if (plan.judges === 'ratios' || isOnePass) return []
  const short = shortOf(facts)
  const [worst] = short
  const judgedSeconds = secondsOf(spansOf(timeline, judgedPhases(undefined, timeline)))
  if (worst) {
    const others =
      short.length > 1 ? `, and ${counted(short.length - 1, 'other objective')} too` : ''
    const times = Math.ceil((10 * worst.needed) / worst.samples) / 10
    return [
      diagnosis(
        `${worst.id} had ${counted(worst.samples, 'sample')} and needs ${number(worst.needed)}${others}.`,
        iterations === undefined
          ? `Hold the load ${times} times as long (--duration), or send more.`
          : `Make ${times} times as many iterations: ${number(Math.ceil(iterations * times))} in all.`,
      ),
    ]
  }
  if (judgedSeconds >= JUDGED_SECONDS_MIN) return []
  return [
    diagnosis(
      `Only ${number(judgedSeconds)} s of the run are judged, and an interval needs ${JUDGED_SECONDS_MIN} s to be reliable.`,
      iterations === undefined
        ? 'Hold the load longer (--duration), or raise the time scale.'
        : 'Make more iterations.',
    ),
  ]
}

interface Short {
  id: string
  samples: number
  needed: number
}

function shortOf({ objectives, results }: DiagnosisFacts): Short[] {
  const found = objectives.flatMap(({ id, objective }, index) => {
    const { verdict, samples = 0 } = results[index] ?? {}
    const needed = samplesNeeded(objective)
    return verdict === 'NO_DATA' && samples > 0 && samples < needed ? [{ id, samples, needed }] : []
  })
  return found.sort((one, other) => other.needed / other.samples - one.needed / one.samples)
}

function diagnosis(text: string, advice: string): Diagnosis {
  return { id: 'too-short', title: 'The run is short', text, advice, severity: 'info' }
}
