-- One request of one process for places of one API. SPDX-License-Identifier: Apache-2.0
--
-- The places of all processes never add up to more than the limit, unless processes claim more than that after Redis has
-- lost its memory; then nobody gets any until they fit again. A process holds what it says it keeps and what it is granted
-- here, until it says otherwise or has been silent for so long that its lease must have ended and its last call arrived.
--
-- KEYS[1]  a hash: "p:<process>" = "<sequence> <wants> <holds> <expires>", and what is remembered for all
-- ARGV     process, sequence, wants, holds, limit, milliseconds of: lease, cool-down, recovery; refusals, milliseconds of pause
-- returns  {holds, target, milliseconds of pause, limit for all, members}, or {} for a request older than the last one
local key = KEYS[1]
local process = ARGV[1]
local sequence, wants, holds = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local configured = tonumber(ARGV[5])
local lease, cooldown, recovery = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local refusals, pause = tonumber(ARGV[9]), tonumber(ARGV[10])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')

-- What is remembered.
local members, memory = {}, {}
local stored = redis.call('HGETALL', key)
for i = 1, #stored, 2 do
  local name, value = stored[i], stored[i + 1]
  if string.sub(name, 1, 2) == 'p:' then
    local s, w, h, e = string.match(value, '^(%d+) (%d+) (%d+) (%d+)$')
    members[string.sub(name, 3)] = { sequence = tonumber(s), wants = tonumber(w), holds = tonumber(h), expires = tonumber(e) }
  else
    memory[name] = value
  end
end

-- Another server, a clock that went back, or one that jumped while others hold places: as if all was forgotten. Members
-- ask several times a second, so a longer gap is no silence of theirs.
local last = tonumber(memory.last or 0)
local gap = now - last > 500
local lost = memory.run ~= run or now < last or (gap and last < tonumber(memory.recovers or 0))
for other, member in pairs(members) do
  lost = lost or (gap and other ~= process and member.holds > 0 and member.expires > last)
end
if lost then
  for other in pairs(members) do
    redis.call('HDEL', key, 'p:' .. other)
  end
  members = {}
  memory.recovers = now + recovery
end

local known = members[process]
if known and sequence <= known.sequence then
  return {}
end
for other, member in pairs(members) do
  if member.expires <= now and other ~= process then
    members[other] = nil
    redis.call('HDEL', key, 'p:' .. other)
  end
end

-- Penalties are for all. Refusals cut the limit by a fifth, once a second; ten seconds after the last one it climbs by one
-- each two seconds, then by two, four and so on. A process without Redis has another rule (AdaptiveLimit): it sees each call.
local paused = math.max(tonumber(memory.paused or 0), pause > 0 and now + pause or 0)
local allowed = math.min(configured, tonumber(memory.allowed or configured))
local climbs, step = tonumber(memory.climbs or 0), tonumber(memory.step or 1)
if refusals > 0 then
  if now >= tonumber(memory.quiet or 0) then
    allowed = math.max(1, math.floor(allowed * 0.8))
    memory.quiet = now + 1000
  end
  climbs, step = now + 10000, 1
end
while allowed < configured and now >= climbs do
  allowed = math.min(configured, allowed + step)
  climbs, step = climbs + 2000, step * 2
end

-- Fair shares: whoever wants less than an equal part gets what it wants, the others share the rest.
members[process] = { sequence = sequence, wants = wants, holds = holds, expires = now + lease + cooldown }
local order, taken = {}, 0
for other, member in pairs(members) do
  order[#order + 1] = other
  taken = taken + member.holds
end
table.sort(order, function(a, b)
  if members[a].wants ~= members[b].wants then
    return members[a].wants < members[b].wants
  end
  return a < b
end)
local left, target = allowed, 0
for i, other in ipairs(order) do
  local share = math.min(members[other].wants, math.floor(left / (#order - i + 1)))
  left = left - share
  if other == process then
    target = share
  end
end

local free = math.max(0, allowed - taken)
if now >= tonumber(memory.recovers or 0) then
  holds = holds + math.max(0, math.min(target - holds, free))
end

if wants == 0 and holds == 0 then
  redis.call('HDEL', key, 'p:' .. process)
else
  redis.call('HSET', key, 'p:' .. process, string.format('%d %d %d %d', sequence, wants, holds, now + lease + cooldown))
end
redis.call('HSET', key, 'run', run, 'last', now, 'recovers', memory.recovers or 0, 'paused', paused,
  'allowed', allowed, 'climbs', climbs, 'step', step, 'quiet', memory.quiet or 0)
return { holds, target, math.max(0, paused - now), allowed, #order }
