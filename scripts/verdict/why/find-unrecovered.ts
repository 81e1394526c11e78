import { type Case, type Finding, findSign } from './case.ts'
import { badSteps, sumOf } from './course.ts'
import { cellsOf } from './find-slow.ts'
import { badNames, slowRegion } from './where.ts'
import { percent } from './words.ts'

/** Why a target was not back to normal after a spike; its rows are those of the recoveries only. */
export async function findUnrecovered(of: Case): Promise<Finding> {
  const sign = findSign(of)
  if (sign) return sign
  const { course } = of
  const bad = badSteps(course)
  const steps = bad.size > 0 ? bad : undefined
  const cells = await cellsOf(of, steps)
  const region = slowRegion(cells, course, 'failed')
  const where = {
    names: region === undefined ? badNames(cells, course) : [],
    regions: region === undefined ? [] : [region],
  }
  const then = sumOf(course.steps.filter((_, index) => steps?.has(index) ?? true))
  const what = `${percent(then.bad / then.rows)} of the requests, ${percent(course.allowed)} are usual`
  return { code: 'WHY_NOT_RECOVERED', steps, where, what }
}
