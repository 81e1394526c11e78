// What k6 adds to the global scope and @types/k6 does not declare.
declare const console: Record<'log' | 'debug' | 'info' | 'warn' | 'error', (text: string) => void>
declare const crypto: { randomUUID: () => string }
