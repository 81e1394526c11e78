// Pure: read by k6 and by Node. Text that breaks what was made for ASCII: bytes are not characters,
// characters are not code units, and one visible sign may be several characters.

/** Invisible characters are written as escapes. */
const SCRIPTS: readonly string[] = [
  'Καλημέρα σε όλους', // Greek
  'Здравствуйте, коллеги', // Cyrillic
  'გამარჯობა ყველას', // Georgian
  'مرحبا بالجميع', // Arabic, from right to left
  'שלום לכולם', // Hebrew, from right to left
  'नमस्ते दोस्तों', // Devanagari, with conjuncts
  'สวัสดีทุกคน', // Thai, without spaces
  '大家好，𠮷野家見', // Chinese, with a character outside of the basic plane
  'こんにちは、皆さん', // Japanese
  '안녕하세요 여러분', // Korean
  'Zu\u0308rich, Sa\u0303o Paulo, Vie\u0323\u0302t Nam', // Latin with combining marks
  '👩\u200d💻 👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 👋🏽 🇪🇺', // emoji joined by ZWJ, a skin tone, a flag
]

/** The request between two pieces of such text; it keeps its words, so that it stays readable. */
export const amongScripts = (text: string, hash: number): string => {
  const before = SCRIPTS[hash % SCRIPTS.length] ?? ''
  const after = SCRIPTS[(hash >>> 24) % SCRIPTS.length] ?? ''
  return `${before}: ${text} ${after}`
}
