-- of each account its key, and the window's first second and the first after it, empty for ever. Answers with the time, and
-- nothing else when a window is not the running one; then what is used and leased of each.
local now = redis.call('TIME')
local answer = { now[1], now[2] }
for i = 1, #ARGV, 3 do
  if not is_running(now, ARGV[i + 1], ARGV[i + 2]) then return now end
  local kept = redis.call('HMGET', ARGV[i], 'used', 'leased')
  answer[#answer + 1] = kept[1] or '0'
  answer[#answer + 1] = kept[2] or '0'
end
return answer
