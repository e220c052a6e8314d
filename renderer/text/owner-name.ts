/** An owner as people say it: `team:payments` is `payments (team)`, `person:ada` is `ada`. */
export function ownerName(owner: string): string {
  const [, kind, name] = /^(team|person|role):(.+)$/.exec(owner) ?? []
  if (name === undefined) return owner
  return kind === 'person' ? name : `${name} (${kind ?? ''})`
}
