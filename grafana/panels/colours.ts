import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard'

/** Okabe and Ito's palette (2008): told apart with any colour vision. https://jfly.uni-koeln.de/color/ */
export const COLOURS = {
  blue: '#0072B2',
  sky: '#56B4E9',
  green: '#009E73',
  yellow: '#F0E442',
  orange: '#E69F00',
  vermillion: '#D55E00',
  purple: '#CC79A7',
  grey: '#999999',
} as const

export type ColourName = keyof typeof COLOURS

/** For series whose number nobody knows: from blue (low) over yellow to red (high). */
export const BY_VALUE = FieldColorModeId.ContinuousBlYlRd

/** The heat map's colours, from dark blue to yellow. */
export const HEAT = 'Cividis'
