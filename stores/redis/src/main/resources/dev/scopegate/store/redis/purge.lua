-- dead before, how many at most: how many were removed. Nobody is told: they were dead already.
local removed = 0
for _, kind in ipairs({'revoked', 'expires'}) do
  local most = tonumber(ARGV[2]) - removed
  if most > 0 then
    local dead = redis.call('ZRANGEBYSCORE', root .. kind, '-inf', '(' .. ARGV[1], 'LIMIT', 0, most)
    for _, id in ipairs(dead) do
      local token = row(id)
      if token then remove(token) end
      redis.call('ZREM', root .. kind, id) -- also where the row is gone, or it would be found for ever
    end
    removed = removed + #dead
  end
end
return removed
