/** The part of node-notifier 10 that is used: the notifier of the platform it runs on. */
declare module 'node-notifier' {
  interface Notifier {
    /** Calls back when the platform's program ends; `error` may be an `Error` or what it printed. */
    notify(
      options: Readonly<Record<string, unknown>>,
      callback: (error: unknown, response: unknown, metadata: unknown) => void,
    ): unknown
  }
  const notifier: Notifier
  export = notifier
}
