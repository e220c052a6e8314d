/** A program that some tests need. */
export type Requirement =
  | 'chromium'
  | 'prometheus'
  | 'alertmanager'
  | 'openssl'
  | 'xvfb'
  | 'dbus-daemon'
  | 'dbus-send'
  | 'gdbus'
  | 'dunst'
  | 'notify-send'
  | 'imagemagick'
  | 'ssh'
  | 'sshd'
  | '7zip'
  | 'script'
  | 'zsh'
  | 'postgresql'
export const requirements: Readonly<
  Record<Requirement, { readonly names: readonly string[]; readonly package: string }>
>
export function findBinary(requirement: Requirement): string | null
export function findMissing(): Requirement[]
