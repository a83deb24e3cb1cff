-- id, at and address of each use: kept if later than what is kept. Nobody is told.
for i = 1, #ARGV, 3 do
  local key = token_key(ARGV[i])
  local kept = redis.call('HMGET', key, 'id', 'last_used_at')
  if kept[1] and (not kept[2] or tonumber(kept[2]) < tonumber(ARGV[i + 1])) then
    redis.call('HSET', key, 'last_used_at', ARGV[i + 1], 'last_used_ip', ARGV[i + 2])
  end
end
return 0
