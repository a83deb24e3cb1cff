-- how many parts the previous lease has, and of each its key, what was granted and what was used; of bytes and then of records
-- what is wanted, what is needed at least and the smallest share; the part of what is left that one lease can be; then of each
-- claim its key, unit, max, owner, member, and the window's first second and the first after it, empty for ever.
-- Answers with the time, and nothing else when a window is not the running one; then which claim is broken or 0, what is
-- granted of bytes and of records, and of each claim what was used and leased before.
local now = redis.call('TIME')
local at = 0
local function argument()
  at = at + 1
  return ARGV[at]
end

-- Amounts have 63 bits, more than Lua's numbers hold exactly: they are pairs of the digits above the tenth and below.
local BASE = 10000000000
local function wide(text) return { tonumber('0' .. string.sub(text, 1, -11)), tonumber(string.sub(text, -10)) } end

local function text(a)
  if a[1] == 0 then return string.format('%.0f', a[2]) end
  return string.format('%.0f%010.0f', a[1], a[2])
end

local function less(a, b) return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2]) end
local function smaller(a, b) return less(a, b) and a or b end
local function larger(a, b) return less(a, b) and b or a end

-- What is left of a, 0 at least.
local function minus(a, b)
  if not less(b, a) then return { 0, 0 } end
  if a[2] < b[2] then return { a[1] - 1 - b[1], a[2] + BASE - b[2] } end
  return { a[1] - b[1], a[2] - b[2] }
end

local function divided(a, by)
  local rest = a[1] % by
  return { (a[1] - rest) / by, math.floor((rest * BASE + a[2]) / by) }
end

local previous = {}
for i = 1, tonumber(argument()) do
  local part = {}
  part.key = argument()
  part.granted = argument()
  part.used = argument()
  previous[i] = part
end
local asked = {}
for _, unit in ipairs({ 'bytes', 'records' }) do
  local amount = {}
  amount.wanted = wide(argument())
  amount.granted = amount.wanted
  amount.least = wide(argument())
  amount.floor = larger(amount.least, wide(argument()))
  asked[unit] = amount
end
local share = tonumber(argument())
local claims = {}
while at < #ARGV do
  local claim = {}
  claim.key = argument()
  claim.unit = argument()
  claim.max = argument()
  claim.owner = argument()
  claim.member = argument()
  claim.first = argument()
  claim.last = argument()
  if not is_running(now, claim.first, claim.last) then return now end
  claims[#claims + 1] = claim
end

for _, part in ipairs(previous) do settle(part.key, part.granted, part.used) end

local answer = { now[1], now[2], '0', '0', '0' }
for i, claim in ipairs(claims) do
  local kept = redis.call('HMGET', claim.key, 'used', 'leased')
  claim.is_new = not kept[2]
  local used, leased = kept[1] or '0', kept[2] or '0'
  answer[#answer + 1] = used
  answer[#answer + 1] = leased
  local amount = asked[claim.unit]
  local left = minus(minus(wide(claim.max), wide(used)), wide(leased))
  local most = smaller(amount.wanted, smaller(left, larger(divided(left, share), amount.floor)))
  if less(most, amount.least) and answer[3] == '0' then answer[3] = tostring(i) end
  amount.granted = smaller(amount.granted, most)
end
if answer[3] ~= '0' then return answer end

-- Remembers who has spent something until the window has ended, for lists.
local function note(index, claim)
  redis.call('ZREMRANGEBYSCORE', index, '-inf', now[1])
  redis.call('ZADD', index, claim.last == '' and '+inf' or claim.last, claim.member)
  local latest = redis.call('ZRANGE', index, -1, -1, 'WITHSCORES')[2]
  if latest == 'inf' then redis.call('PERSIST', index) else redis.call('EXPIREAT', index, latest) end
end

for _, claim in ipairs(claims) do
  redis.call('HINCRBY', claim.key, 'leased', text(asked[claim.unit].granted))
  if claim.is_new then
    -- an hour longer, lest a clock that is put back opens the window again
    if claim.last ~= '' then redis.call('EXPIREAT', claim.key, tonumber(claim.last) + 3600) end
    note(root .. 'spent', claim)
    note(root .. 'spent:' .. claim.owner, claim)
  end
end
answer[4] = text(asked.bytes.granted)
answer[5] = text(asked.records.granted)
return answer
