import http from 'k6/http'
import { Trend } from 'k6/metrics'

/** A client as libraries for k6 have them. */
export class Shop {
  constructor(base) {
    if (!base) throw new Error('TARGET is missing')
    this.base = base
    this.time = new Trend('shop_time', true)
  }

  buy() {
    const { timings } = http.post(`${this.base}/items`, '{}')
    this.time.add(timings.duration)
  }
}
