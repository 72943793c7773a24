import { testScenarios } from './scenarios';

testScenarios(3, 4);
