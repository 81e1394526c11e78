// The variables of every board: the same on all of them, so that a link keeps what was chosen.
import { having, RUN } from '../queries/selectors.ts'

export interface VariableSpec {
  name: string
  label: string
  description: string
  /** A label's values among the series that match. */
  query: string
  /** "All" is `.*`: also right on series without the label. Without it, the first value is chosen. */
  all: boolean
}

/** Any series of the chosen runs that has the label. */
const anyWith = (label: string): string => `label_values({${RUN}${having(label)}}, ${label})`

/** @param allRuns offers "All" for the runs, for boards about many of them */
export function boardVariables(allRuns: boolean): VariableSpec[] {
  return [
    {
      name: 'testid',
      label: 'Run',
      description:
        'One or more runs, the newest first. A run is listed while the time range has it.',
      query: 'label_values(k6_vus, testid)',
      all: allRuns,
    },
    {
      name: 'scenario',
      label: 'Scenario',
      description: "k6's scenarios of the runs; several run side by side.",
      query: `label_values(k6_iterations_total{${RUN}}, scenario)`,
      all: true,
    },
    {
      name: 'endpoint',
      label: 'Endpoint',
      description: 'Requests grouped by route: the name tag.',
      query: `label_values(k6_http_reqs_total{${RUN}}, name)`,
      all: true,
    },
    {
      name: 'region',
      label: 'Region',
      description: 'Only where the scenario has regions.',
      query: anyWith('region'),
      all: true,
    },
    {
      name: 'technique',
      label: 'Technique',
      description: "The prompt technique, on the workload's own metrics only.",
      query: anyWith('technique'),
      all: true,
    },
    {
      name: 'segment',
      label: 'User segment',
      description: "The user's segment, where the workload says it.",
      query: anyWith('segment'),
      all: true,
    },
  ]
}

/** What happened when, marked on every chart. */
export const EVENTS = [
  {
    name: 'Phases',
    expr: `max by (testid, phase) (k6_verdict_phase{${RUN}})`,
    title: '{{phase}}',
    label: 'phase',
    colour: 'sky',
  },
  {
    name: 'Faults',
    expr: `max by (testid, fault) (k6_verdict_fault{${RUN}})`,
    title: 'fault: {{fault}}',
    label: 'fault',
    colour: 'vermillion',
  },
  {
    name: 'Alerts',
    expr: `max by (testid, alertname) (ALERTS{${RUN}, alertstate="firing"})`,
    title: '{{alertname}}',
    label: 'alertname',
    colour: 'orange',
  },
] as const
