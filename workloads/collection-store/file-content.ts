// Pure: contents of files. The same user and number always give the same bytes.
import { createRandom, mixSeed } from '../../lib/random.ts'

/** Bytes of a file, by the size's name. */
const BYTES = { small: 1_024, medium: 32_768, large: 262_144 } as const

export type FileSize = keyof typeof BYTES

// Random bytes, repeated: they compress well, as documents do, and are cheap for k6 to make.
const BLOCK = 256

/** A binary body of that size, different for each number. */
export const fileContent = (size: FileSize, ...numbers: number[]): ArrayBuffer => {
  const bytes = new Uint8Array(BYTES[size])
  const random = createRandom(mixSeed(...numbers))
  for (let at = 0; at < BLOCK; at++) bytes[at] = random() * 256
  for (let filled = BLOCK; filled < bytes.length; filled *= 2) bytes.copyWithin(filled, 0, filled)
  return bytes.buffer
}

/** Side of a square that is one pixel of the thumbnail, and side of the thumbnail, in pixels. */
const PIXELS_OF_ONE = 8
export const THUMBNAIL_SIDE = 8

/** A PPM image (P6) of coloured squares, and its thumbnail at an eighth of the size: one pixel for each square. */
export const pictureOf = (user: number): { image: ArrayBuffer; thumbnail: ArrayBuffer } => {
  const random = createRandom(mixSeed(user))
  const colours = Uint8Array.from({ length: THUMBNAIL_SIDE ** 2 * 3 }, () => random() * 256)
  return { image: ppm(colours, PIXELS_OF_ONE), thumbnail: ppm(colours, 1) }
}

// Each colour becomes a square of that many pixels on a side.
const ppm = (colours: Uint8Array, square: number): ArrayBuffer => {
  const side = THUMBNAIL_SIDE * square
  const header = `P6\n${side} ${side}\n255\n`
  const bytes = new Uint8Array(header.length + side * side * 3)
  for (let at = 0; at < header.length; at++) bytes[at] = header.charCodeAt(at)
  let at = header.length
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const of = (Math.floor(y / square) * THUMBNAIL_SIDE + Math.floor(x / square)) * 3
      for (let channel = 0; channel < 3; channel++) bytes[at++] = colours[of + channel] ?? 0
    }
  }
  return bytes.buffer
}
