const PLAN = /\.(ya?ml|json|plan\.ts)$/

/** Whether what is given to `run` is a plan: by its name, so that nothing has to be read to know it. */
export function isPlanFile(path: string): boolean {
  return PLAN.test(path)
}
