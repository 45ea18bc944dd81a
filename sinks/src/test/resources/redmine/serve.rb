# Fills an empty Redmine with its own default data, one private project and three people, and serves it on loopback.
# Arguments: port, and a file into which the people's ids and keys are written once it answers.
port, ready = ARGV
require 'webrick'
require './config/environment'
require 'rack/handler/webrick'

Redmine::DefaultData::Loader.load('en')
Setting.rest_api_enabled = '1'
project = Project.create!(
  name: 'Web', identifier: 'web', is_public: false, trackers: Tracker.all, enabled_module_names: ['issue_tracking']
)
people = %w[sluice ann bob].map do |login|
  user = User.new(firstname: login, lastname: 'Test', mail: "#{login}@example.org", language: 'en')
  user.login = login
  user.password = "#{login}-secret"
  user.admin = login == 'sluice'
  user.save!
  Member.create!(project: project, principal: user, roles: [Role.find_by_name('Manager')])
  "#{login} #{user.id} #{user.api_key}"
end
Rack::Handler::WEBrick.run(
  Rails.application,
  Host: '127.0.0.1', Port: Integer(port), AccessLog: [], Logger: WEBrick::Log.new($stderr, WEBrick::Log::WARN),
  StartCallback: -> { File.write(ready, people.join("\n")) }
)
