/** Builds the hosts and the cockpit when their sources changed; null, or why it failed. */
export function ensureBuild(root: string): Promise<string | null>
