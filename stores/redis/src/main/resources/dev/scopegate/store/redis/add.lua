-- message, now (milliseconds), then the fields: 1, or 0 when the id exists or the name is taken. A token that is dead already
-- needs no name.
local token = fields_from(3)
if redis.call('EXISTS', token_key(token.id)) == 1 then return 0 end
local taken = is_taken(token, ARGV[2])
if taken and is_active(token, ARGV[2]) then return 0 end
token.version = '1'
put(token)
if not taken then take_name(token) end
tell(ARGV[1])
return 1
