// Turns the users of a plan file into a workload.
import { sleep } from 'k6'
import { SharedArray } from 'k6/data'
import { parseDuration } from '../duration.ts'
import type { Session } from '../session.ts'
import type { IterationData, Workload } from '../workload.ts'
import { thinkTimeOf } from './load-of-plan.ts'
import { logInOfPlan } from './log-in-of-plan.ts'
import type { Plan, PlanOperation, PlanStep } from './plan-file.ts'
import { requestStep, type RunStep } from './request-step.ts'
import type { TemplateScope } from './template.ts'

/** Rows of the plan's lists, by name; read once for all VUs. */
export type PlanRows = Record<string, () => unknown[]>

/** The workload of a plan file; to be called in init code. */
export const workloadOfPlan = (plan: Plan, rows: PlanRows): Workload => {
  const lists = Object.fromEntries(
    Object.entries(rows).map(([name, read]) => [name, new SharedArray(name, read)] as const),
  )
  const operations = Object.entries(plan.operations ?? {}).map(
    ([name, operation]) => [name, operationOf(operation, lists)] as const,
  )
  return {
    name: plan.name,
    auth: logInOfPlan(plan.login),
    thinkTime: thinkTimeOf(plan.thinkTime),
    operations: Object.fromEntries(operations),
  }
}

const operationOf = ({ weight = 1, steps }: PlanOperation, lists: TemplateScope['lists']) => {
  const run = steps.map(stepOf)
  return {
    weight,
    run: (session: Session, data: IterationData): void => {
      const scope = scopeOf(session, data, lists)
      run.every((step) => step(session, scope))
    },
  }
}

const stepOf = (step: PlanStep): RunStep => {
  if (!('pause' in step)) return requestStep(step)
  const seconds = parseDuration(step.pause)
  return () => {
    sleep(seconds)
    return true
  }
}

const scopeOf = (
  { user }: Session,
  { index, random }: IterationData,
  lists: TemplateScope['lists'],
): TemplateScope => ({
  user,
  iteration: index,
  random,
  uuid: () => crypto.randomUUID(),
  lists,
  picked: {},
  captured: {},
})
