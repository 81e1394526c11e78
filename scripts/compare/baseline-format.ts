import type { FileFormat } from '../core/read-json.ts'
import {
  AMOUNT,
  FIGURE,
  FLAG,
  list,
  marked,
  MOMENT,
  NAME,
  NUMBER,
  object,
  one,
  record,
  TEXT,
} from '../core/schema.ts'
import { PHASE } from '../run-folder/manifest-format.ts'
import { VERDICTS } from '../verdict/verdict.ts'

const INTERVAL = object({ low: FIGURE, high: FIGURE })

const ESTIMATE = object({ value: NUMBER }, { interval: INTERVAL })

/** A baseline file. */
export const BASELINE_FORMAT: FileFormat = {
  what: 'a baseline',
  code: 'K6V_BASELINE_UNUSABLE',
  hint: '"npm run k6 -- compare --save-baseline <file> <run>" makes one.',
  schema: marked(
    { kind: 'baseline', format: 1 },
    object(
      {
        id: NAME,
        startedAt: MOMENT,
        scenario: NAME,
        workload: NAME,
        seed: NUMBER,
        timeScale: NUMBER,
        plan: object(
          {
            model: one('closed', 'open', 'once'),
            target: AMOUNT,
            durationSeconds: AMOUNT,
            phases: list(PHASE),
          },
          { profile: TEXT },
        ),
        isSandbox: FLAG,
        versions: object({ toolkit: TEXT, k6: TEXT }),
        host: object({ cpus: AMOUNT, cpuModel: TEXT }),
        verdict: one(...VERDICTS),
        objectives: list(
          object(
            { id: TEXT, indicator: TEXT, limit: TEXT, unit: TEXT },
            { measured: FIGURE, interval: INTERVAL },
          ),
        ),
        endpoints: list(
          object(
            { requests: AMOUNT, samples: AMOUNT, percentiles: record(ESTIMATE) },
            { endpoint: TEXT, errorRatio: ESTIMATE },
          ),
        ),
      },
      { network: TEXT, commit: TEXT, traffic: one('operations') },
    ),
  ),
}
