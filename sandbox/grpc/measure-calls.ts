import type { ServerInterceptor } from '@grpc/grpc-js'
import type { Metrics } from '../metrics.ts'
import { grpc } from '../packages.ts'
import { httpStatusOf } from './call-status.ts'

/**
 * Measures every call in the metrics of HTTP requests, a stream with its whole length: the route is the method, and
 * the status what HTTP would say.
 */
export function measureCalls({ requestSeconds, inFlight }: Metrics): ServerInterceptor {
  const { ResponderBuilder, ServerInterceptingCall, ServerListenerBuilder, status } = grpc()
  return ({ path }, call) => {
    const sinceMs = performance.now()
    let isOver = false
    const end = (code: number): void => {
      if (isOver) return
      isOver = true
      inFlight.requests--
      const labels = { route: path, method: 'POST', status: httpStatusOf(code) }
      requestSeconds.observe(labels, (performance.now() - sinceMs) / 1_000)
    }
    inFlight.requests++
    const listener = new ServerListenerBuilder().withOnCancel(() => end(status.CANCELLED)).build()
    const responder = new ResponderBuilder()
      .withStart((start) => start(listener))
      .withSendStatus((ended, send) => {
        end(ended.code)
        send(ended)
      })
      .build()
    return new ServerInterceptingCall(call, responder)
  }
}
