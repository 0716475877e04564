-- What Redis remembers of one API. SPDX-License-Identifier: Apache-2.0
--
-- KEYS[1]  the hash of lease.lua
-- returns  {milliseconds of its clock, limit for all or -1, until when nobody is to call, then for each process: name, wants, holds, expires}
local time = redis.call('TIME')
local answer = { time[1] * 1000 + math.floor(time[2] / 1000), -1, 0 }
local stored = redis.call('HGETALL', KEYS[1])
for i = 1, #stored, 2 do
  local name, value = stored[i], stored[i + 1]
  if string.sub(name, 1, 2) == 'p:' then
    local wants, holds, expires = string.match(value, '^%d+ (%d+) (%d+) (%d+)$')
    answer[#answer + 1] = string.sub(name, 3)
    answer[#answer + 1] = tonumber(wants)
    answer[#answer + 1] = tonumber(holds)
    answer[#answer + 1] = tonumber(expires)
  elseif name == 'allowed' then
    answer[2] = tonumber(value)
  elseif name == 'paused' then
    answer[3] = tonumber(value)
  end
end
return answer
