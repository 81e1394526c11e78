// The SDK writes for the newest Grafana. What 11.0 does not know is left out: newer ones have defaults
// for it. A test holds the result against the types of @grafana/schema 11.0.0.
import type {
  AnnotationQuery,
  DashboardLink,
  Panel,
  VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'

/** The Classic schema of Grafana 11.0; newer ones bring it up to date when they load it. */
export const SCHEMA_VERSION = 39

const NEWER_OPTIONS = ['percentChangeColorMode', 'perPage', 'selectionMode']

const NEWER_FIELDS = [
  // Of annotations: 1 marks Grafana's own, and 0 is not a value of 11.0.
  'builtIn',
  // Of links and annotations: would hide them in a menu.
  'placement',
  // Of variables: settings of other kinds of variables.
  'allowCustomValue',
  'auto',
  'auto_min',
  'auto_count',
]

/** A panel without what came after 11.0. */
export function forGrafana11(panel: Panel): Panel {
  const kept = without(panel, ['repeatDirection']) as unknown as Panel
  const options = without((panel.options ?? {}) as Record<string, unknown>, NEWER_OPTIONS)
  return { ...kept, options }
}

/** The same for links, annotations and variables. */
export function withoutNewerFields<Part extends AnnotationQuery | DashboardLink | VariableModel>(
  part: Part,
): Part {
  return without({ ...part }, NEWER_FIELDS) as Part
}

function without(record: object, names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))
}
