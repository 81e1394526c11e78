import http from 'k6/http'
import type { Options } from 'k6/options'

interface Row {
  path: string
}

const rows: Row[] = [{ path: 'ok' }, { path: 'items' }]

export const options: Options = { iterations: 4, vus: 2 }

export default function (): void {
  for (const { path } of rows) http.get(`${__ENV.TARGET}/${path}`)
}
