import { ToolkitError } from '../../core/errors.ts'

/** One of what every run in the cloud needs; none of them is asked for elsewhere. */
export function cloudSettingMissing(what: string, how: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_CLOUD_SETTING_MISSING',
    message: `Expected ${what} for --cloud, got none`,
    hint: how,
  })
}

export function cloudTargetUnreachable(target: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_CLOUD_TARGET',
    message: `Expected --target to be a URL that the cloud's load zones can reach, got ${target}`,
    hint:
      'Name a public one, such as --target https://staging.example.com. To load something on this ' +
      'machine or in its network, let k6 run here: --cloud --local-execution',
  })
}
