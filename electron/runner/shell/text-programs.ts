/** Whether a script of sed only prints, deletes lines of its output and replaces in it. */
export function isPlainSed(script: string): boolean {
  let rest = script.trim()
  while (rest !== '') {
    const address = String.raw`(?:\d+|\$|\/(?:\\.|[^\\/\n])*\/I?)`
    rest = rest.replace(new RegExp(`^${address}?(?:,(?:${address}|[+~]\\d+))?\\s*!?\\s*`), '')
    const replaced = /^[sy]([^\w\s\\])/.exec(rest)
    if (replaced) {
      const mark = `\\u{${(replaced[1] ?? '').codePointAt(0)?.toString(16) ?? '2f'}}`
      const body = `(?:\\\\[^]|(?!${mark})[^\\\\])*`
      const whole = new RegExp(`^.${mark}${body}${mark}${body}${mark}[gpIi0-9]*`, 'u').exec(
        rest,
      )?.[0]
      if (whole === undefined) return false
      rest = rest.slice(whole.length)
    } else if (/^[pdqDPhHgGxnN={}]/.test(rest)) {
      rest = rest.slice(1)
    } else {
      return false
    }
    if (rest !== '' && !/^\s*[;\n{}]/.test(rest)) return false
    rest = rest.replace(/^[\s;]+/, '')
  }
  return true
}

/** Whether a program of awk neither runs commands nor writes files. */
export function isPlainAwk(program: string): boolean {
  if (/\bsystem\b|\bgetline\b|@|\bclose\b|\bfflush\b/.test(program)) return false
  const prints = program.matchAll(/\bprintf?\b([^;\n}]*)/g)
  return [...prints].every(([, behind = '']) => !/[>|]/.test(withoutStrings(behind)))
}

/** A `>` within a string is no redirection; a string that is cut off may hide one. */
const withoutStrings = (text: string) => text.replace(/"(?:\\.|[^"\\])*"/g, '')

/** Commands of Redis that only tell something. */
export const redisReads =
  /^(?:get|mget|info|ping|keys|scan|llen|lrange|lindex|ttl|pttl|type|exists|dbsize|hgetall|hget|hmget|hlen|hkeys|hscan|smembers|scard|sismember|sscan|zrange|zcard|zscore|zscan|strlen|role|lastsave|time|echo|memory (?:usage|stats|doctor)|client (?:list|info|id)|slowlog (?:get|len)|config get|cluster (?:info|nodes|slots|shards|myid|keyslot)|object \w+|latency (?:latest|doctor|history)|xinfo \w+|xlen|xrange|xpending|command count|acl (?:list|whoami|users)|sentinel (?:masters|master|replicas|slaves|sentinels|get-master-addr-by-name|ckquorum))$/i
/** Commands of Redis whose work cannot be undone. */
export const redisDestroys =
  /^(?:flushall|flushdb|del|unlink|shutdown|debug|script flush|cluster (?:reset|forget|flushslots|delslots)|spop|lpop|rpop|getdel|xtrim|xdel|hdel|srem|zrem|ltrim|failover|sentinel (?:reset|remove|failover)|acl deluser|function flush|client kill)$/i

/** An expression for mongosh that only tells something. */
export const mongoReads =
  /^\s*(?:(?:printjson|print|JSON\.stringify)\(\s*)?(?:rs\.(?:status|conf|config|isMaster|hello|printReplicationInfo|printSecondaryReplicationInfo)\(\)|sh\.status\(\)|db\.(?:stats|serverStatus|version|hello|isMaster|hostInfo|currentOp|getCollectionNames|getName|printReplicationInfo|serverBuildInfo)\(\)(?:\.\w+)*|db\.getMongo\(\)\.getDBNames\(\)|db\.(?:getSiblingDB\(['"]\w+['"]\)\.)?\w+\.(?:countDocuments|estimatedDocumentCount|stats|getIndexes)\(\s*(?:\{\s*\})?\s*\)|show (?:dbs|collections))\s*\)?\s*;?\s*$/
/** Words of an expression for mongosh whose work cannot be undone. */
export const mongoDestroys =
  /\b(?:drop\w*|remove\w*|delete\w*|shutdownServer|dropDatabase|killOp|stepDown|fsync\w*)\b/
