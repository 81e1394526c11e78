import { ToolkitError } from '../core/errors.ts'

const INSTALL = 'install k6 (https://grafana.com/docs/k6/latest/set-up/install-k6/)'

/** K6_BIN is the user's explicit choice, so it is never passed over in silence. */
export function k6BinUnusable(path: string, problem: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_K6_BIN_UNUSABLE',
    message: `Expected K6_BIN to be a k6 >= 2.0 and < 3, got ${path}: ${problem}`,
    hint: 'Point K6_BIN at a k6 of version 2, or unset it to let one be found or installed.',
  })
}

/** The value is not repeated: it may hold a password. */
export function k6DownloadUrlInvalid(version: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_K6_DOWNLOAD_URL',
    message: 'Expected K6_DOWNLOAD_URL to be an http or https URL, got something else',
    hint: `Set it to the folder that holds ${version}/ on your mirror, or unset it to use GitHub.`,
  })
}

/** Stops everything: a file that is not what it claims to be is not worked around. */
export function k6ChecksumWrong(options: {
  url: string
  expected: string
  actual: string
}): ToolkitError {
  return new ToolkitError({
    code: 'K6V_K6_CHECKSUM',
    message: `Expected the SHA-256 of ${options.url} to be ${options.expected}, got ${options.actual}`,
    hint: `Nothing was installed. Try once more; if it fails again, the server or a proxy changes the file: ${INSTALL} or set K6_BIN.`,
    exitCode: 1,
  })
}

/** The release's own list does not vouch for the archive. */
export function k6ChecksumMissing(url: string, archive: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_K6_CHECKSUM_MISSING',
    message: `Expected ${url} to have a line for ${archive}, got none`,
    hint: `Nothing was installed, because the archive could not be checked. Complete the mirror, ${INSTALL} or set K6_BIN.`,
    exitCode: 1,
  })
}

/** The checksum holds, and still there is no k6 inside. */
export function k6ArchiveBroken(archive: string, cause: unknown): ToolkitError {
  const problem = cause instanceof Error ? cause.message : String(cause)
  return new ToolkitError({
    code: 'K6V_K6_ARCHIVE',
    message: `Expected ${archive} to hold a k6 binary, got: ${problem}`,
    hint: `Nothing was installed. ${capitalised(INSTALL)} or set K6_BIN.`,
    exitCode: 1,
    cause,
  })
}

/** Most often a cache on a file system mounted noexec, or a wrong archive on a mirror. */
export function k6NotRunnable(folder: string, problem: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_K6_NOT_RUNNABLE',
    message: `Expected the k6 just made in ${folder} to answer "k6 version", got: ${problem}`,
    hint: 'Nothing was installed. If that folder forbids running programs, set K6_VERDICT_CACHE to another.',
    exitCode: 1,
  })
}

/** No permission, no space, or a file where a folder should be. */
export function cacheUnwritable(folder: string, cause: Error): ToolkitError {
  return new ToolkitError({
    code: 'K6V_CACHE_UNWRITABLE',
    message: `Expected to be able to write to the cache folder ${folder}, got: ${cause.message}`,
    hint: 'Set K6_VERDICT_CACHE to a folder you can write to, with 200 MB free.',
    exitCode: 1,
    cause,
  })
}

/** Every way was tried; each says why it gave nothing. */
export function k6NotFound(tried: string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_K6_NOT_FOUND',
    message: `Expected a k6 >= 2.0 and < 3, got none:\n${tried.map((line) => `  - ${line}`).join('\n')}`,
    hint: [
      `Any one of these helps: ${INSTALL};`,
      'set K6_BIN to the path of a k6; set K6_DOWNLOAD_URL to a mirror you can reach;',
      'or install Go 1.26 (https://go.dev/dl/), which lets k6 be built from source.',
    ].join('\n'),
    exitCode: 1,
  })
}

/** 105 is what k6 itself exits with when it is interrupted. */
export function k6InstallInterrupted(cause: unknown): ToolkitError {
  return new ToolkitError({
    code: 'K6V_K6_INTERRUPTED',
    message: 'Finding k6 was interrupted',
    hint: 'Nothing was left behind: run the same command again.',
    exitCode: 105,
    cause,
  })
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
