import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import { efficiencyOf, type Estimate, throughputOf } from './throughput.ts'
import { fitLaw, type Law, throughputBy } from './universal-scalability.ts'

const estimate = (value: number, part = 0): Estimate => ({
  value,
  interval: { low: value * (1 - part), high: value * (1 + part) },
})

const pointsOf = (law: Law, part = 0) =>
  [1, 2, 4, 8].map((replicas) => ({
    replicas,
    throughput: estimate(throughputBy(law, replicas), part),
  }))

function assertClose(found: number | undefined, wanted: number, part = 1e-6): void {
  const difference = Math.abs((found ?? NaN) - wanted)
  assert.ok(difference <= part * Math.max(1, Math.abs(wanted)), `${found} for ${wanted}`)
}

test('a law is found again in its own throughputs, with the peak of its formula', () => {
  const law = { lambda: 100, sigma: 0.05, kappa: 0.01 }
  const fitted = fitLaw(pointsOf(law))
  assertClose(fitted?.lambda, 100)
  assertClose(fitted?.sigma, 0.05)
  assertClose(fitted?.kappa, 0.01)
  assertClose(fitted?.peak, Math.sqrt(0.95 / 0.01))
  assertClose(fitted?.intervals.kappa.low, 0.01)
})

test('linear growth has neither contention nor coherency, and no peak', () => {
  const fitted = fitLaw(pointsOf({ lambda: 10, sigma: 0, kappa: 0 }))
  assertClose(fitted?.sigma, 0)
  assertClose(fitted?.kappa, 0)
  assert.equal(fitted?.peak, undefined)
})

test('growth above linear is no negative contention', () => {
  const fitted = fitLaw(
    [1, 2, 4, 8].map((replicas) => ({ replicas, throughput: estimate(10 * replicas ** 1.1) })),
  )
  assert.deepEqual([fitted?.sigma, fitted?.kappa], [0, 0])
})

test('contention alone is the law of Amdahl', () => {
  const fitted = fitLaw(pointsOf({ lambda: 10, sigma: 0.2, kappa: 0 }))
  assertClose(fitted?.sigma, 0.2)
  assertClose(fitted?.kappa, 0)
})

// A SPARCcenter 2000 in SPEC SDM91, a data set of R's package usl 3.0 (Möding), which minimises the errors themselves:
// sigma 0.0277, kappa 0.000104.
test('the fit to published figures has the published peak, within what another weighting gives', () => {
  const figures = [
    [1, 64.9],
    [18, 995.9],
    [36, 1652.4],
    [72, 1853.2],
    [108, 1828.9],
    [144, 1775.0],
    [216, 1702.2],
  ] as const
  const fitted = fitLaw(figures.map(([replicas, x]) => ({ replicas, throughput: estimate(x) })))
  assertClose(fitted?.peak, Math.sqrt((1 - 0.0277) / 0.000104), 0.05)
  assertClose((fitted?.kappa ?? 0) / 0.000104, 1, 0.15)
})

test('two numbers of replicas determine no law', () => {
  assert.equal(fitLaw(pointsOf({ lambda: 1, sigma: 0, kappa: 0 }).slice(0, 2)), undefined)
})

test('the truth lies in about nine of ten intervals of a measured contention', () => {
  const law = { lambda: 50, sigma: 0.1, kappa: 0.005 }
  const random = createRandom(7)
  const drawn = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const measured = Array.from({ length: 30 }, () => {
    // An interval of 2 % to each side is 1.645 standard errors.
    const points = pointsOf(law).map(({ replicas, throughput: { value } }) => {
      return { replicas, throughput: estimate(value * (1 + (0.02 / 1.645) * drawn()), 0.02) }
    })
    return fitLaw(points)?.intervals.sigma
  })
  const within = measured.filter((each) => each && each.low <= law.sigma && law.sigma <= each.high)
  assert.ok(within.length >= 23, `${within.length} of 30`)
  assert.ok(measured.some((each) => each && (each.low > law.sigma || law.sigma > each.high)))
})

test('throughput is the mean of its seconds, and a silent second belongs to it', () => {
  const found = throughputOf([10, 12, 8, 10, 0, 20, 10, 10])
  assertClose(found?.value, 10)
  assert.ok((found?.interval.low ?? 10) < 10 && (found?.interval.high ?? 10) > 10)
  assert.equal(throughputOf([0, 0, 0]), undefined)
  assert.equal(throughputOf([5]), undefined)
})

test('efficiency is the throughput of each replica over that of the fewest', () => {
  const fewest = { replicas: 2, throughput: estimate(20, 0.03) }
  const found = efficiencyOf({ replicas: 8, throughput: estimate(72, 0.04) }, fewest)
  assertClose(found.value, 0.9)
  // 3 % and 4 % together are 5 %.
  assertClose(found.interval.low, 0.9 * Math.exp(-0.05))
  assert.deepEqual(efficiencyOf(fewest, fewest).interval, { low: 1, high: 1 })
})
