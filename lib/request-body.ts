// What is sent as a body, and as which type.

/** How an object is written: as JSON, or as a form, which with an `http.file` in it is a multipart one. */
export type BodyFormat = 'json' | 'form'

/** A body as k6 takes it: it escapes the fields of a form, or puts them into parts with a boundary. */
export type Content = string | ArrayBuffer | Record<string, unknown> | null

/** What a body is, for k6 and for its `Content-Type`. */
export type BodyKind = 'none' | 'text' | 'bytes' | BodyFormat

/** A text and an ArrayBuffer are sent as they are, everything else as JSON unless it is to be a form. */
export const kindOf = (body: unknown, format: BodyFormat = 'json'): BodyKind => {
  if (body === undefined || body === null) return 'none'
  if (typeof body === 'string') return 'text'
  return body instanceof ArrayBuffer ? 'bytes' : format
}

/** The `Content-Type` of a body; undefined where k6 says it, or there is nothing to say it of. */
export const TYPES: Record<BodyKind, string | undefined> = {
  none: undefined,
  text: 'text/plain; charset=utf-8',
  bytes: 'application/octet-stream',
  json: 'application/json',
  form: undefined,
}
