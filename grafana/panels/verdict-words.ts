import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import { VERDICT_NUMBERS } from '../queries/objectives.ts'
import { COLOURS } from './colours.ts'

const VERDICT_COLOURS: Record<keyof typeof VERDICT_NUMBERS, string> = {
  PASS: COLOURS.green,
  MARGINAL: COLOURS.orange,
  FAIL: COLOURS.vermillion,
  NO_DATA: COLOURS.grey,
  INVALID: COLOURS.purple,
}

/** Turns the numbers of verdict queries into coloured words. */
export const VERDICT_WORDS: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(VERDICT_NUMBERS).map(([verdict, number]) => [
        String(number),
        { text: verdict, color: VERDICT_COLOURS[verdict as 'PASS'], index: number },
      ]),
    ),
  },
]
