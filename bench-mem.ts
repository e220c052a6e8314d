import { measureMemory } from '#test/bench/memory.ts'
for (let i=0;i<3;i++) console.log(Object.fromEntries(Object.entries(measureMemory(10000)).map(([k,v])=>[k,Math.round(v/2**20)])))
console.log(Object.fromEntries(Object.entries(measureMemory(1000)).map(([k,v])=>[k,Math.round(v/2**20)])))
