-- list, command, from, to, how many to look at, how many to find, kind, status, now (milliseconds), expires before, parent;
-- empty means any. Answers with where it stopped (empty: at the end), then the fields of each token that may fit.
local ids = redis.call(ARGV[2], root .. ARGV[1], ARGV[3], ARGV[4], 'LIMIT', 0, ARGV[5])
local stopped = #ids == tonumber(ARGV[5]) and ids[#ids] or ''
local found = {stopped}
for _, member in ipairs(ids) do
  local key = token_key(string.match(member, '%z([^%z]*)$'))
  local token = redis.call('HMGET', key, 'kind', 'revoked_at', 'expires_at', 'parent')
  local fits = ARGV[7] == '' or token[1] == ARGV[7]
  if ARGV[8] ~= '' then
    local state = 'revoked'
    if not token[2] then
      state = is_active({expires_at = token[3]}, ARGV[9]) and 'active' or 'expired'
    end
    fits = fits and state == ARGV[8]
  end
  if ARGV[10] ~= '' then fits = fits and token[3] and tonumber(token[3]) < tonumber(ARGV[10]) end
  if ARGV[11] ~= '' then fits = fits and token[4] == ARGV[11] end
  if fits then
    found[#found + 1] = redis.call('HGETALL', key)
    if #found > tonumber(ARGV[6]) then
      found[1] = member
      break
    end
  end
end
return found
