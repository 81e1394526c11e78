// k6's log gets the first errors of each VU: a thousand VUs that fail alike must not fill the disk.

const ERRORS_PER_VU = 3

// One VU runs in one JavaScript runtime, so this counts the errors of one VU.
let logged = 0

/** Writes an error to k6's log, unless this VU has written its share already. */
export const logFirstErrors = (message: string): void => {
  if (logged < ERRORS_PER_VU) console.error(message)
  logged++
}
