// Pure: read by k6 and by Node. Builds a plan file in TypeScript: each call sets one field, `toPlan()` returns the data.
import type { HalfThenAll } from './load-shapes.ts'
import type {
  Plan,
  PlanCheck,
  PlanConstantRate,
  PlanLoad,
  PlanLogIn,
  PlanObjective,
  PlanOperation,
  PlanPhases,
  PlanRequest,
  PlanSpikes,
  PlanStep,
  PlanSteppedRate,
  PlanThinkTime,
  PlanValue,
} from './plan-file/plan-file.ts'

/** Fields of a request besides its method, its path and its body. */
export type RequestDetails = Omit<
  PlanRequest,
  'request' | 'body' | 'checks' | 'capture' | 'statuses' | 'schema'
>

/** Builds one operation. */
export interface OperationBuilder {
  /** Share of the mix, relative to the other operations. */
  weight(weight: number): OperationBuilder
  /** A request of any method, as a plan file writes it. */
  request(request: PlanRequest): OperationBuilder
  get(path: string, details?: RequestDetails): OperationBuilder
  delete(path: string, details?: RequestDetails): OperationBuilder
  post(path: string, body?: PlanValue, details?: RequestDetails): OperationBuilder
  put(path: string, body?: PlanValue, details?: RequestDetails): OperationBuilder
  patch(path: string, body?: PlanValue, details?: RequestDetails): OperationBuilder
  /** Good statuses of the request before it. */
  expect(...statuses: number[]): OperationBuilder
  /** JSON Schema of the answer to the request before it. */
  schema(schema: NonNullable<PlanRequest['schema']>): OperationBuilder
  /** The value at a path of the answer to the request before it has to equal another one. */
  check(name: string, at: string, equals: PlanValue): OperationBuilder
  /** Keeps a value of the answer to the request before it, as `${captured.<name>}`. */
  capture(name: string, at: string): OperationBuilder
  /** A pause within the operation. */
  pause(duration: string): OperationBuilder
}

/** Builds a plan, one field with each call. */
export interface PlanBuilder {
  question(question: string): PlanBuilder
  target(url: string): PlanBuilder
  /** A workload of workloads/, in place of operations. */
  workload(name: string): PlanBuilder
  login(login: PlanLogIn): PlanBuilder
  data(name: string, rows: string | PlanValue[]): PlanBuilder
  thinkTime(time: PlanThinkTime): PlanBuilder
  operation(name: string, build: (operation: OperationBuilder) => OperationBuilder): PlanBuilder
  constantUsers(load: { users: number; duration: string; rampUp?: string }): PlanBuilder
  stagedUsers(...stages: { duration: string; users: number }[]): PlanBuilder
  /** A further stage of staged users, which ends at this number. */
  rampTo(users: number, duration: string): PlanBuilder
  /** A further stage of staged users, which stays where the last one ended. */
  hold(duration: string): PlanBuilder
  halfThenAll(load: HalfThenAll): PlanBuilder
  spikes(load: PlanSpikes): PlanBuilder
  constantRate(load: PlanConstantRate): PlanBuilder
  steppedRate(load: PlanSteppedRate): PlanBuilder
  everyOperationOnce(load: { maxDuration: string }): PlanBuilder
  iterationsPerUser(load: { users: number; iterations: number; maxDuration: string }): PlanBuilder
  phases(load: Omit<PlanPhases, 'shape'>): PlanBuilder
  /** A named load in place of one; `--profile` picks, the first is the default. */
  profile(name: string, load: PlanLoad): PlanBuilder
  /** A k6 scenario for each operation. @default true */
  scenarioPerOperation(isWanted?: boolean): PlanBuilder
  objective(objective: PlanObjective): PlanBuilder
  /** An SLA file beside the plan, in place of objectives. */
  sla(file: string): PlanBuilder
  /** The plan as data. `npm run k6 -- plan check` finds mistakes in it. */
  toPlan(): Plan
}

/** Begins a plan of that name. */
export const plan = (name: string): PlanBuilder => {
  const made: Plan = { name }
  const say = (fields: Partial<Plan>): PlanBuilder => {
    Object.assign(made, fields)
    return builder
  }
  const builder: PlanBuilder = {
    question: (question) => say({ question }),
    target: (target) => say({ target }),
    workload: (workload) => say({ workload }),
    login: (login) => say({ login }),
    data: (list, rows) => say({ data: { ...made.data, [list]: rows } }),
    thinkTime: (thinkTime) => say({ thinkTime }),
    operation: (each, build) =>
      say({ operations: { ...made.operations, [each]: operationOf(build) } }),
    ...loads(
      (load) => say({ load }),
      () => made.load,
    ),
    profile: (profile, load) => say({ profiles: { ...made.profiles, [profile]: load } }),
    scenarioPerOperation: (isWanted = true) => say({ scenarioPerOperation: isWanted }),
    objective: (objective) => say({ objectives: [...(made.objectives ?? []), objective] }),
    sla: (sla) => say({ sla }),
    toPlan: () => made,
  }
  return builder
}

type LoadCalls = Pick<
  PlanBuilder,
  | 'constantUsers'
  | 'stagedUsers'
  | 'rampTo'
  | 'hold'
  | 'spikes'
  | 'constantRate'
  | 'steppedRate'
  | 'everyOperationOnce'
  | 'halfThenAll'
  | 'iterationsPerUser'
  | 'phases'
>

const loads = (
  say: (load: PlanLoad) => PlanBuilder,
  said: () => PlanLoad | undefined,
): LoadCalls => {
  const stages = () => {
    const load = said()
    return load?.shape === 'stagedUsers' ? load.stages : []
  }
  const add = (users: number, duration: string) =>
    say({ shape: 'stagedUsers', stages: [...stages(), { duration, users }] })
  return {
    constantUsers: (load) => say({ shape: 'constantUsers', ...load }),
    stagedUsers: (...all) => say({ shape: 'stagedUsers', stages: all }),
    rampTo: add,
    hold: (duration) => add(stages().at(-1)?.users ?? 0, duration),
    halfThenAll: (load) => say({ shape: 'halfThenAll', ...load }),
    spikes: (load) => say({ shape: 'spikes', ...load }),
    constantRate: (load) => say({ shape: 'constantRate', ...load }),
    steppedRate: (load) => say({ shape: 'steppedRate', ...load }),
    everyOperationOnce: (load) => say({ shape: 'everyOperationOnce', ...load }),
    iterationsPerUser: (load) => say({ shape: 'iterationsPerUser', ...load }),
    phases: (load) => say({ shape: 'phases', ...load }),
  }
}

const operationOf = (build: (operation: OperationBuilder) => OperationBuilder): PlanOperation => {
  const made: PlanOperation = { steps: [] }
  const add = (step: PlanStep): OperationBuilder => {
    made.steps.push(step)
    return builder
  }
  const send = (method: string, path: string, rest: object = {}) =>
    add({ request: `${method} ${path}`, ...rest })
  const withBody = (method: string) => (path: string, body?: PlanValue, details?: RequestDetails) =>
    send(method, path, { ...(body !== undefined && { body }), ...details })
  const builder: OperationBuilder = {
    weight: (weight) => {
      made.weight = weight
      return builder
    },
    request: add,
    get: (path, details) => send('GET', path, details),
    delete: (path, details) => send('DELETE', path, details),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
    ...answers(made, () => builder),
    pause: (pause) => add({ pause }),
  }
  build(builder)
  return made
}

type AnswerCalls = Pick<OperationBuilder, 'expect' | 'schema' | 'check' | 'capture'>

const answers = (made: PlanOperation, builder: () => OperationBuilder): AnswerCalls => {
  const ofLast = (say: (request: PlanRequest) => Partial<PlanRequest>): OperationBuilder => {
    const last = made.steps.at(-1)
    if (!last || 'pause' in last)
      throw new Error('Expected a request before expect(), schema(), check() and capture()')
    Object.assign(last, say(last))
    return builder()
  }
  const withCheck = (request: PlanRequest, name: string, check: PlanCheck) => ({
    checks: { ...request.checks, [name]: check },
  })
  return {
    expect: (...statuses) => ofLast(() => ({ statuses })),
    schema: (schema) => ofLast(() => ({ schema })),
    check: (name, at, equals) => ofLast((request) => withCheck(request, name, { at, equals })),
    capture: (name, at) => ofLast(({ capture }) => ({ capture: { ...capture, [name]: at } })),
  }
}
