// Pure: read by k6 and by Node. No class of its own: the first that extends Error costs each VU 5 KB.

/** Name of an error that says: the user could not be logged in, so the iteration has no session. */
export const AUTH_ERROR = 'AuthError'
