import assert from 'node:assert/strict'
import { test } from 'node:test'
import { studentTQuantile } from './normal.ts'

// From SciPy 1.17.1, t.ppf.
for (const { probability, freedom, t, relativeError } of [
  { probability: 0.95, freedom: 1, t: 6.313751514675037, relativeError: 0.05 },
  { probability: 0.95, freedom: 2, t: 2.9199855803537242, relativeError: 0.003 },
  { probability: 0.95, freedom: 3, t: 2.3533634348018233, relativeError: 0.0005 },
  { probability: 0.95, freedom: 10, t: 1.8124611228116756, relativeError: 1e-5 },
  { probability: 0.975, freedom: 5, t: 2.5705818356363146, relativeError: 0.0002 },
  { probability: 0.975, freedom: 100, t: 1.9839715185235518, relativeError: 1e-8 },
]) {
  test(`the ${probability} quantile for ${freedom} degrees of freedom is ${t.toFixed(3)}`, () => {
    assert.ok(Math.abs(studentTQuantile(probability, freedom) / t - 1) < relativeError)
  })
}
