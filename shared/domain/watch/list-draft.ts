/**
 * A list of the state while events change it. It is copied when it is first written to, so a batch
 * of 10,000 events costs one copy, and one that leaves the list alone costs none.
 */
export class ListDraft<Entity> {
  readonly #before: ReadonlyMap<string, Entity>
  #copy: Map<string, Entity> | null = null

  constructor(before: ReadonlyMap<string, Entity>) {
    this.#before = before
  }

  /** The list as it is now: the very same as before as long as nothing in it changed. */
  current(): ReadonlyMap<string, Entity> {
    return this.#copy ?? this.#before
  }

  get(key: string): Entity | undefined {
    return this.current().get(key)
  }

  set(key: string, entity: Entity): void {
    if (this.get(key) !== entity) this.#own().set(key, entity)
  }

  delete(key: string): void {
    if (this.current().has(key)) this.#own().delete(key)
  }

  #own(): Map<string, Entity> {
    return (this.#copy ??= new Map(this.#before))
  }
}
