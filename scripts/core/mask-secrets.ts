const HIDDEN = '***'

/** A URL in a text ends at a space or a quote, however often that was quoted itself. */
const SIGN = String.raw`(?:[^\s#"\\]|\\(?!\\*"))`

/** What stands before the @, also with a password that holds what no URL may, such as a slash. */
const USERINFO = new RegExp(
  String.raw`(:\/\/)(?:[^\s"\\/?#@:]*:(?!\d+[/?#])(?:#|${SIGN})*|[^\s"\\/?#]*)@`,
  'g',
)

const QUERY = new RegExp(String.raw`(:\/\/[^\s?#"\\]*\?)(${SIGN}*)`, 'g')
const FRAGMENT = new RegExp(String.raw`(:\/\/[^\s#"\\]*#)${SIGN}+`, 'g')

/** Of a URL that is quoted in the text of a log, which may hold spaces. */
const QUOTED = /(\\"[a-z][a-z\d+.-]*:\/\/[^\s?"\\]*\?)([^"\\]+)(?=\\")/gi

/** Also of what is no whole URL: a path, or a host with a mistake in it. */
const VALUE = new RegExp(String.raw`([?&][\w.~%[\]-]+=)(?:(?!&)${SIGN})+`, 'g')

/** A fragment behind what is masked already. */
const BEHIND = new RegExp(String.raw`(\*\*\*#)${SIGN}+`, 'g')

/**
 * A text as it may be kept and shown: names, passwords, values of queries and fragments of all URLs in it
 * become `***`.
 */
export function maskSecrets(text: string): string {
  if (!/[@?#&]/.test(text)) return text
  return text
    .replace(QUOTED, (_, start: string, query: string) => start + maskedQuery(query))
    .replace(USERINFO, `$1${HIDDEN}@`)
    .replace(QUERY, (_, start: string, query: string) => start + maskedQuery(query))
    .replace(FRAGMENT, `$1${HIDDEN}`)
    .replace(VALUE, `$1${HIDDEN}`)
    .replace(BEHIND, `$1${HIDDEN}`)
}

/** The same for one argument of a command: a password in it may hold anything, spaces and quotes too. */
export function maskArgument(text: string): string {
  return maskSecrets(text.replace(/:\/\/[^/?#]*:[^]*@/, `://${HIDDEN}@`))
}

/** Whether an argument has something that may not be shown. */
export function holdsSecret(argument: string): boolean {
  return maskArgument(argument) !== argument
}

function maskedQuery(query: string): string {
  if (query === '') return ''
  return query
    .split('&')
    .map((part) => (part.includes('=') ? part.slice(0, part.indexOf('=') + 1) + HIDDEN : HIDDEN))
    .join('&')
}
