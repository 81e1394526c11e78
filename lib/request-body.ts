// What is sent as a body, and as which type.

/** How an object is written: as JSON, or as a form, which with an `http.file` in it is a multipart one. */
export type BodyFormat = 'json' | 'form'

/** A body as k6 takes it. */
export type Content = string | ArrayBuffer | Record<string, unknown> | null

/** A text and an ArrayBuffer are sent as they are, everything else as JSON unless it is to be a form. */
export const contentOf = (body: unknown, format: BodyFormat = 'json'): Content => {
  if (body === undefined || body === null) return null
  if (typeof body === 'string' || body instanceof ArrayBuffer) return body
  // k6 escapes the fields, or puts them into parts with a boundary.
  return format === 'form' ? (body as Record<string, unknown>) : JSON.stringify(body)
}

/** The `Content-Type` of a body; undefined where k6 says it, or there is nothing to say it of. */
export const typeOf = (body: unknown, format: BodyFormat = 'json'): string | undefined => {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return 'text/plain; charset=utf-8'
  if (body instanceof ArrayBuffer) return 'application/octet-stream'
  return format === 'form' ? undefined : 'application/json'
}
