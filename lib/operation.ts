// Each operation of a VU as a whole, whatever protocol it speaks: how long it took, and whether it failed.
import exec from 'k6/execution'
import { Rate, Trend } from 'k6/metrics'
import { isExpectedStatus } from './endpoint.ts'
import { answersRejected } from './metrics.ts'
import { OPERATION_DURATION, OPERATION_FAILED } from './plan.ts'
import type { Send } from './session.ts'

const operationDuration = new Trend(OPERATION_DURATION, true)
const operationFailed = new Rate(OPERATION_FAILED)

// As on requests, so that durations are read in the same way.
const SUCCEEDED = { expected_response: 'true' }
const FAILED = { expected_response: 'false' }

// A VU runs one operation at a time, in a JavaScript runtime of its own.
let hasFailed = false

/** To be called when an operation begins. */
export const beginOperation = (): void => {
  hasFailed = false
}

/** To be called when an operation has ended, or its promise has. */
export const endOperation = (startedAtMs: number): void => {
  operationDuration.add(Date.now() - startedAtMs, hasFailed ? FAILED : SUCCEEDED)
  operationFailed.add(hasFailed)
}

/** Notes that the running operation has failed, where that is counted already. */
export const noteFailure = (): void => {
  hasFailed = true
}

/**
 * Says that the running operation has failed: for what is no HTTP request, such as a gRPC call that was refused or a
 * WebSocket that fell silent. It counts in `answers_rejected`, under the name of the operation.
 *
 * @param reason one of a few words that never change, such as `grpc-14`
 */
export const failOperation = (reason = 'failed'): void => {
  noteFailure()
  const operation = exec.vu.metrics.tags['operation']
  answersRejected.add(1, { reason, name: String(operation ?? 'no operation') })
}

/** Sends as `send` does; an unexpected response fails the operation. */
export const failingOperations = (send: Send): Send => {
  return (endpoint, body, options) => {
    const response = send(endpoint, body, options)
    if (!isExpectedStatus(endpoint, response.status)) noteFailure()
    return response
  }
}
